create or replace function etl.render_changes(changes jsonb)
    returns text
    language sql
    stable strict parallel safe
    return (
        select string_agg(line.text, E'\n' order by line.ordinal)
        from (
            select
                1 as ordinal,
                format(
                    'data version %s, %s',
                    changes ->> 'dataVersion', coalesce('before: ' || (changes ->> 'previousDataVersion'), 'the first')
                ) as text
            union all
            select
                2,
                string_agg(
                    format(
                        '%s %s%s', t.label, to_char((changes #>> array['tables', t.table_name, 'rows'])::bigint, 'FM999,999,999,990'),
                        to_char(
                            nullif((changes #>> array['tables', t.table_name, 'change'])::bigint, 0), '" ("FMS999,999,999,990")"'
                        )
                    ),
                    ', ' order by t.ordinal
                )
            from (
                values
                (1, 'make', 'makes'), (2, 'model', 'models'), (3, 'wmi', 'WMIs'), (4, 'schema_name', 'schemas'), (5, 'pattern', 'patterns'),
                (6, 'vehicle_option', 'vehicle options'), (7, 'vehicle_spec', 'specifications')
            ) as t (ordinal, table_name, label)
            where changes #> array['tables', t.table_name] is not null
            union all
            select
                2 + k.ordinal,
                format('%s: %s', k.kind, string_agg(
                    format(
                        '%s %s (%s%s)',
                        to_char((part.value ->> 'count')::bigint, 'FM999,999,999,990'), part.key,
                        (
                            select string_agg(
                                case
                                    when jsonb_typeof(n.name) = 'object' then format('%s to %s', n.name ->> 'from', n.name ->> 'to')
                                    else n.name #>> '{}'
                                end,
                                ', ' order by n.ordinal
                            )
                            from jsonb_array_elements(part.value -> 'names') with ordinality as n (name, ordinal)
                        ),
                        case when (part.value ->> 'count')::bigint > jsonb_array_length(part.value -> 'names') then ', …' else '' end
                    ),
                    ', ' order by part.key
                ))
            from (values (1, 'makes'), (2, 'models')) as k (ordinal, kind)
            cross join lateral jsonb_each(changes #> array['names', k.kind]) as part (key, value)
            group by k.ordinal, k.kind
        ) as line
    );
comment on function etl.render_changes(jsonb) is 'The changes of a release (etl.describe_changes) in a few lines for people; null for none.';
grant execute on function etl.render_changes(jsonb) to mvp_platform_etl, mvp_platform_admin, mvp_platform_graphql;
