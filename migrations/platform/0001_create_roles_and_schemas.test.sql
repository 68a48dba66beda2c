begin;
select plan(3);

select is_empty(
    $$
    select t.given, upper(t.given collate vin.simple_case)
    from (
        values ('abc-9', 'ABC-9'), ('straße', 'STRAßE'), ('ﬁ', 'ﬁ'), ('ñé', 'ÑÉ'), ('ı', 'I'), ('ŉ', 'ŉ')
    ) as t (given, expected)
    where upper(t.given collate vin.simple_case) <> t.expected
    $$,
    'one character in, one out, on every server: ß and ligatures stay'
);

select is_empty(
    $$
    select w.role_name
    from unnest(array['mvp_platform_owner', 'mvp_platform_etl', 'mvp_platform_user', 'mvp_platform_admin']) as w (role_name)
    where not pg_has_role(current_user, w.role_name, 'member')
    $$,
    'whoever migrates may take every role'
);

-- Roles belong to the whole server: another of its databases made them already when this one was migrated.
select is_empty(
    $$
    select d.defaclrole::regrole, d.defaclobjtype
    from pg_default_acl as d
    cross join lateral aclexplode(d.defaclacl) as a
    where d.defaclrole = 'mvp_platform_owner'::regrole and a.grantee = 0
    $$,
    'what the owner makes from now on is not public''s either'
);

select * from finish();
rollback;
