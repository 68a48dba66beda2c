-- needs: fixture
begin;
select plan(2);

select is_empty(
    $$
    select e.element_id, h.heads[e.element_id]
    from (select decoder.statement_heads(decoder.current_release_id()) as heads) as h
    cross join catalog.element as e
    where h.heads[e.element_id] is distinct from case when e.is_emitted then decoder.statement_head(e.name, e.element_id) end
    $$,
    'each element at its id; null for those that are not shown'
);

select is(decoder.statement_heads(-1), '{}', 'a release without elements');

select * from finish();
rollback;
