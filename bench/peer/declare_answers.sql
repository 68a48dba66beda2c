-- Binary: for text in its text form PostgreSQL looks for the end of each answer first.
declare answers binary no scroll cursor for
select d.own || d.common as answer from api.decode_vins_text($1) as d;
