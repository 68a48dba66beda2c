-- The one table of the confidence model's constants; docs/CONFIDENCE.md tells where each comes from. Immutable, so a call
-- with a literal is folded away when its statement is planned.
create or replace function decoder.model_constant(name text)
    returns double precision
    language sql
    immutable strict parallel safe
    return (
        case name
            -- Share of typed VINs that are not the one that was meant: an assumption; bench:calibration shows what other rates do.
            when 'wrong VINs' then 0.05
            -- Of wrong VINs, two neighbours swapped; else one character replaced. Verhoeff 1969: 10.2 % and 79 % of all errors.
            when 'swapped' then 0.115
            -- Of replaced characters, a look-alike (decoder.look_alikes); else any other.
            when 'look-alike' then 0.6
            -- Of wrong VINs, those that the check digit and the data let pass; fitted with bench:calibration.
            when 'undetected' then 0.05
            -- Right VINs whose check digit is wrong: makers that use none, for the U.S. market next to none.
            when 'unchecked' then 0.0005
            -- A right character that the data does not know at its position: what manufacturers did not submit.
            when 'data gap' then 0.002
            -- A wrong character in the WMI that gives another maker's: with a VIN that reads like one of that maker's, and with one that does not.
            when 'maker coincidence' then 0.02
            when 'maker exists' then 0.1
            -- A wrong year letter where the data of the year does not know the other characters.
            when 'year explains' then 0.5
            -- Another maker under which the year would have been read 30 years apart.
            when 'other cycle''s maker' then 0.2
            -- A value that another WMI, the schema of another year, or of the year 30 years away, would have led to as well.
            when 'other maker' then 0.1
            when 'other maker, same type' then 0.75
            when 'other year' then 0.8
            when 'other cycle' then 0.95
            -- Of values that follow from others (conversions, engine models), those that another key would have led to.
            when 'unknown share' then 0.3
            -- A value that does not rest on a wrong character and is wrong all the same: the right one would have matched more.
            when 'silent change' then 0.05
            -- Where two patterns of one rank disagree, NHTSA's later change is taken: right in most cases.
            when 'disputed' then 0.99
            -- Two years 30 years apart that decode equally well: the later is taken; measured by bench:calibration.
            when 'open year' then 0.53
            -- No model although the VIN shows an error: that there is none is seldom the truth; fitted with bench:calibration.
            when 'no model' then 0.1
            -- Implied by the type of vehicle only.
            when 'default' then 0.999
        end
    );
comment on function decoder.model_constant(text) is 'A constant of the confidence model by its name, see docs/CONFIDENCE.md; null for an unknown name.';
