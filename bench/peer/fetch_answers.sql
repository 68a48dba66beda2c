fetch 1000 from answers;
