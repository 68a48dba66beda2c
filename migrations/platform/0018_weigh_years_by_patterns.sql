-- Of two model years with data, one that does not know a character of the VIN has the heavier errors, and two without an error between
-- them are told apart by how much their elements weigh. Releases compiled before have neither figure: their VINs of these kinds are
-- decoded value by value, as they were.
set local role mvp_platform_owner;

alter table catalog.phrase add column element_weights int[], add column unknown_symbol_weight int;
comment on column catalog.phrase.element_weights is
    'By element id, catalog.element.weight. Null where more than that decides: the make has no variable, or a default that is not shown weighs as well.';
comment on column catalog.phrase.unknown_symbol_weight is 'The most that the errors of a year weigh that does not know a character (2 to 5).';
