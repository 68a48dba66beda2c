-- The one table of what the gates before a publish allow, each figure with its argument. Immutable, so a call with a literal
-- is folded away. Who disagrees once, forces the run and says why; who disagrees for good, changes it here.
create or replace function etl.threshold(name text)
    returns double precision
    language sql
    immutable strict parallel safe
    return (
        case name
            -- Share of a table's rows that a release may lose against the one before. vPIC grows: corrections take rows away by the
            -- hundred of 800,000 (under 0.1 %), half a file takes half. A twentieth is far from both.
            when 'lost rows' then 0.05
            -- Fewer lost rows than this say nothing: some tables have a few dozen, where one row is already a twentieth.
            when 'lost rows at least' then 50
            -- Rows that point nowhere, as a share of their table. March 2026 has none of them. One in a thousand (800 patterns) is
            -- more than a slip at NHTSA, and few enough that a slip does not keep a month of new models back.
            when 'orphan_schema_link' then 0.001
            when 'orphan_pattern' then 0.001
            when 'orphan_make_model' then 0.001
            -- Patterns whose key does not compile: none in March 2026, two in September. The same argument.
            when 'malformed_key' then 0.001
            when 'implausible_link_year' then 0.001
            -- Rows that no release can hold, of all that were loaded: none in March 2026. A format that has changed makes them by the table.
            when 'rejected_row' then 0.001
            -- None at all: ranks and multi-valued variables rest on the ids, so one id twice makes answers depend on chance.
            when 'duplicate_pattern' then 0
            -- WMIs without a make, as a share of all: how much it may rise. March 2026 has 14 of 12,767, and about six WMIs a month
            -- change. Sixty at once is a missing table of makes.
            when 'more WMIs without make' then 0.005
            -- Canary VINs of each vehicle type. Trailers have 9,443 WMIs, off-road vehicles 18: a hundred sees a change of 1 %.
            when 'canaries of a type' then 100
            -- Share of canaries whose answer may lose or change a value, of all types together and of one type. In the 14 months
            -- to February 2026 NHTSA touched 0.1 % to 3.8 % of the older schemas a month; a broken lookup touches all. One type may
            -- move alone: a maker's correction is about its own type.
            when 'changed canaries' then 0.08
            when 'changed canaries of a type' then 0.2
        end
    );
comment on function etl.threshold(text) is 'What a gate before a publish allows, by its name; null for an unknown name.';
grant execute on function etl.threshold(text) to mvp_platform_etl, mvp_platform_admin;
