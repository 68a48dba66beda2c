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
        (6, 'engines', 'engine models and conversions'),
        (7, 'patterns', 'values and ranks of patterns'),
        (8, 'rules', 'defaults, exceptions and specifications'),
        (9, 'texts', 'what whole keys contribute to an answer'),
        -- Without statistics the planner takes the next steps' joins for tiny and loops for minutes.
        (10, 'statistics', 'measure keys and patterns'),
        (11, 'segments', 'schemas and valid characters by model year'),
        (12, 'shares', 'how common a value is among its schema''s keys'),
        (13, 'vehicles', 'makes and models by year'),
        (14, 'terms', 'names of trims and engines'),
        (15, 'options', 'trims, engines and transmissions by vehicle'),
        (16, 'measure', 'measure all compiled tables')
    ) as s (ordinal, step, description);
end;
comment on function etl.compile_steps() is 'What a rebuild does after loading, in order.';
grant execute on function etl.compile_steps() to mvp_platform_etl;
