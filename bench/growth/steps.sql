select s.step, s.description from etl.compile_step as s order by s.ordinal;
