begin;
select plan(1);

select is_empty(
    $$select *
      from (
          values
          ('1HGCM82633A004352', true, null, 2003, '[2003]', false, 'a light vehicle with a digit in position 7: a year up to 2009'),
          ('1HGCMA2633A004352', true, null, 2003, '[2003]', false, 'a light vehicle with a digit in position 7: a year up to 2009'),
          ('1HGCM8A63CA004352', true, null, 2012, '[2012]', false, 'a light vehicle with a letter in position 7: a year since 2010'),
          ('1HGCM8263CA004352', false, null, 2012, '[2012, 1982]', true, 'position 10 stands for 2012 and 1982; the year with the better decode was taken'),
          ('1HGCM8263ZA004352', true, null, null, '[]', false, '"Z" in position 10 is no model year'),
          ('1HGCM82633A004352', true, 2010, 2010, '[2003]', false, 'the year that was asked for'),
          ('1HGCM82637A004352', false, null, 2007, '[2007]', false, 'the later year would lie beyond 2028')
      ) as v (vin, is_light, asked, decoded, candidates, is_ambiguous, reason)
      cross join lateral decoder.explain_year(vin, is_light, asked, decoded, 2028) as e (told)
      where told ->> 'reason' is distinct from reason
          or told -> 'candidates' <> candidates::jsonb
          or (told ->> 'isAmbiguous')::boolean is distinct from is_ambiguous$$,
    'why a year was taken'
);

select * from finish();
rollback;
