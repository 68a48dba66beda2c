create or replace function decoder.body_traits(body_class text)
    returns int
    language sql
    immutable parallel safe
    return (
        case when body_class = '64' then 1 << 12 else 0 end
        | case when body_class in ('69', '84', '86', '88', '97', '105', '113', '124', '126', '127') then 1 << 13 else 0 end
        | case
            when body_class in ('62', '63', '64', '65', '67', '70', '71', '72', '74', '75', '76', '77', '78', '107', '112', '116') then 1 << 14
            else 0
        end
    );
comment on function decoder.body_traits(text) is
    'What an id of the body class (element 5) says about a VIN, as bits of decoder.verdict_traits: bit 12 error code 9, bit 13 error code 10, bit 14 an incomplete vehicle. 0 for null.';
