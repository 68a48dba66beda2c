select count(*) from catalog.wmi;
