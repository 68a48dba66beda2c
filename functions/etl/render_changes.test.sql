begin;
select plan(4);

select is(
    etl.render_changes('{
        "dataVersion": "2026-04-r8", "previousDataVersion": "2026-03-r7",
        "tables": {"make": {"rows": 12119, "change": 2}, "wmi": {"rows": 800, "change": -12}, "pattern": {"rows": 1, "change": 0}},
        "names": {
            "makes": {"added": {"count": 3, "names": ["A", "B"]}, "renamed": {"count": 1, "names": [{"from": "C", "to": "D"}]}},
            "models": {"removed": {"count": 1, "names": ["A Alpha"]}}
        }
    }'),
    E'data version 2026-04-r8, before: 2026-03-r7\n'
    'makes 12,119 (+2), WMIs 800 (-12), patterns 1\n'
    'makes: 3 added (A, B, …), 1 renamed (C to D)\n'
    'models: 1 removed (A Alpha)',
    'in words: what is there, what changed'
);
select is(
    etl.render_changes('{"dataVersion": "1", "previousDataVersion": null, "tables": {"make": {"rows": 0, "change": null}}, "names": {}}'),
    E'data version 1, the first\nmakes 0',
    'the first release'
);
select is(
    etl.render_changes(etl.describe_changes(1, null)) ~ '^[^\n]+\n[^\n]+$', true, 'what etl.describe_changes gives can be rendered'
);
select is(etl.render_changes(null), null, 'nothing of nothing');

select * from finish();
rollback;
