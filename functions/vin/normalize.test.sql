begin;
select plan(3);

select is_empty(
    $$
    select t.reason, t.input, vin.normalize(t.input) as actual
    from (
        values
        ('1hgcm82633a004352', '1HGCM82633A004352', 'rule 1: upper case'),
        ('  1HG CM8  ', '1HG CM8', 'rule 1: spaces around are trimmed, inner ones stay'),
        (E'\t1HG\n', E'\t1HG\n', 'rule 1: a tab and a line feed stay'),
        (U&'\00A01HG\2003', U&'\00A01HG\2003', 'rule 1: other Unicode spaces stay'),
        ('straße', 'STRAßE', 'one character stays one character'),
        ('ﬁ', 'ﬁ', 'a ligature is not spelled out'),
        ('é', 'É', 'a letter with a simple upper case has it'),
        ('i', 'I', 'no locale makes it İ'),
        ('*_%#,-', '*_%#,-', 'signs stay'),
        ('', '', 'nothing stays nothing'),
        ('   ', '', 'only spaces')
    ) as t (input, expected, reason)
    where vin.normalize(t.input) is distinct from t.expected
    $$,
    'texts as they are decoded'
);

select is(vin.normalize(null), null, 'null stays null');
select is(length(vin.normalize(repeat('ß', 100000))), 100000, 'the length never changes');

select * from finish();
rollback;
