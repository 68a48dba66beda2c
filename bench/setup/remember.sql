select api.remember_vins($1) as remembered;
