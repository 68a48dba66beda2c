-- The setting ends with the transaction: a connection that goes back to a pool acts for nobody.
create or replace function garage.act_for(user_id text)
    returns void
    language sql
    volatile
begin atomic
    select set_config('mvp_main.user_id', act_for.user_id, true);
end;
comment on function garage.act_for(text) is 'From here to the end of the transaction the policies show the vehicles of this user.';
grant execute on function garage.act_for(text) to mvp_main_user;
