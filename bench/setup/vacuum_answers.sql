vacuum (analyze) bench.answer;
