create or replace function bench.name_wmis(copies int)
    returns void
    language plpgsql
    volatile
as $$
begin
    insert into bench.synthetic_wmi (copy_id, wmi_id, original, wmi)
    with wanted as (
        select
            c.copy_id, w.id as wmi_id, w.wmi, length(w.wmi) = 6 as is_small,
            row_number() over (partition by length(w.wmi) = 6 order by c.copy_id, w.id) as place
        from vpic.wmi as w
        cross join generate_series(1, copies) as c (copy_id)
    ),
    offered as (
        select t.wmi, t.is_small, row_number() over (partition by t.is_small order by t.n) as place
        from (
            select n, false as is_small, bench.wmi_text(n, false) as wmi
            from generate_series(0, 35936) as n
            union all
            select n, true, bench.wmi_text(n, true)
            from generate_series(0, 2 * (select count(*) from wanted)) as n
        ) as t
        -- In position 3 a 9 says that the identifier goes on in positions 12 to 14.
        where (t.is_small or right(t.wmi, 1) <> '9') and not exists (select from vpic.wmi as w where w.wmi = t.wmi)
    )
    select w.copy_id, w.wmi_id, w.wmi, o.wmi
    from wanted as w
    left join offered as o using (is_small, place);
exception
    when not_null_violation then
        raise exception 'there are not enough identifiers of three characters for % copies', copies
            using errcode = 'VP422', hint = 'Ask for a smaller factor.';
end;
$$;
comment on function bench.name_wmis(int) is 'Gives every real identifier another one in each copy, none of them in use.';
