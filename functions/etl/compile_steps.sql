-- The steps are a list in one place: the loader asks for it, runs one at a time and can tell how far it is.
create or replace function etl.compile_steps()
    returns table (ordinal int, step text, description text)
    language sql
    immutable
begin atomic
    select s.ordinal, s.step, s.description
    from (
        values
        (1, 'analyze', 'measure the raw tables'),
        (2, 'release', 'make the partitions'),
        (3, 'elements', 'variables and error codes'),
        (4, 'wmis', 'manufacturer identifiers and makes'),
        (5, 'keys', 'pattern keys as accept strings'),
        (6, 'patterns', 'values and ranks of patterns'),
        -- Without statistics the planner takes the next steps' joins for tiny and loops for minutes.
        (7, 'statistics', 'measure keys and patterns'),
        (8, 'segments', 'schemas and valid characters by model year'),
        (9, 'engines', 'engine models and conversions'),
        (10, 'rules', 'defaults, exceptions and specifications'),
        (11, 'shares', 'how common a value is among its schema''s keys'),
        (12, 'vehicles', 'makes and models by year'),
        (13, 'terms', 'names of trims and engines'),
        (14, 'options', 'trims, engines and transmissions by vehicle'),
        (15, 'measure', 'measure all compiled tables')
    ) as s (ordinal, step, description);
end;
comment on function etl.compile_steps() is 'What a rebuild does after loading, in order.';
grant execute on function etl.compile_steps() to mvp_platform_etl;
