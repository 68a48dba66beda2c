declare answers no scroll cursor for
select d.own || d.common as answer from api.decode_vins_text($1) as d;
