-- The beginning of every script for pgbench. It has no lists of texts; a query that puts its columns into variables is
-- the way it offers.
\set batch random(1, :batches)
select
    vins[1] as vin1, vins[2] as vin2, vins[3] as vin3, vins[4] as vin4, vins[5] as vin5,
    vins[6] as vin6, vins[7] as vin7, vins[8] as vin8, vins[9] as vin9, vins[10] as vin10,
    vins[11] as vin11, vins[12] as vin12, vins[13] as vin13, vins[14] as vin14, vins[15] as vin15,
    vins[16] as vin16, vins[17] as vin17, vins[18] as vin18, vins[19] as vin19, vins[20] as vin20,
    vins[21] as vin21, vins[22] as vin22, vins[23] as vin23, vins[24] as vin24, vins[25] as vin25,
    vins[26] as vin26, vins[27] as vin27, vins[28] as vin28, vins[29] as vin29, vins[30] as vin30,
    vins[31] as vin31, vins[32] as vin32, vins[33] as vin33, vins[34] as vin34, vins[35] as vin35,
    vins[36] as vin36, vins[37] as vin37, vins[38] as vin38, vins[39] as vin39, vins[40] as vin40,
    vins[41] as vin41, vins[42] as vin42, vins[43] as vin43, vins[44] as vin44, vins[45] as vin45,
    vins[46] as vin46, vins[47] as vin47, vins[48] as vin48, vins[49] as vin49, vins[50] as vin50
from bench.batch where kind = :kind and batch_id = :batch \gset
