select f.fingerprint from bench.fingerprint as f;
