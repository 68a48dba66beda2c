-- Functions belong to the role that owns the tables; the transaction of the deploy ends it.
set local role mvp_platform_owner;
