-- What a deploy makes belongs to the role that owns the table; the end of the transaction ends it.
set local role mvp_main_owner;
-- A cascade names everything that it takes along.
set local client_min_messages = warning;
