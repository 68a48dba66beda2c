-- Which functions of the error model this database has.
select
    to_regprocedure('decoder.look_alikes(text)') is not null
    and to_regprocedure('decoder.misread_probability(text, text)') is not null
    and to_regprocedure('decoder.model_constant(text)') is not null as has_error_model;
