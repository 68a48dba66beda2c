select b.vins from bench.batch as b where b.kind = 'new' order by b.batch_id;
