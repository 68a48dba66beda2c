insert into bench.fingerprint (fingerprint) values ($1);
