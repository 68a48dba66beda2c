create table bench.synthetic_wmi (
    copy_id int not null,
    wmi_id int not null,
    original text not null,
    wmi text not null unique,
    primary key (original, copy_id)
);
comment on table bench.synthetic_wmi is 'Which identifier stands for which real one in which copy of the data.';
