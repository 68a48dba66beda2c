create or replace function decoder.common_heads(heads text[])
    returns text[]
    language sql
    immutable strict parallel safe
    return array[
        heads[26], heads[27], heads[29], heads[39], heads[142], heads[143], heads[144], heads[156], heads[191], heads[196]
    ];
comment on function decoder.common_heads(text[]) is
    'Of decoder.statement_heads those that every answer needs: make, manufacturer, model year, vehicle type, and the six about the VIN itself (142, 143, 144, 156, 191, 196), in that order.';
