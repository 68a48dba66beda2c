-- Added to schema bench where the data is multiplied.
\ir wmi_text.sql
\ir synthetic_wmi.sql
\ir name_wmis.sql
\ir multiply.sql
\ir synthetic_vin.sql
