select document from bench.answer where vin = :vin;
