// Prints a CV of two pages as PDF, for cv_bench.
import { written } from "../web/pdf.mjs";

const job = ["Bank of Reed, Backend Developer", "2018 - 2024", ...Array(12).fill("Moved payments from PHP to Go, with Kafka and PostgreSQL behind them, and wrote the tests.")];
process.stdout.write(written(["Ann Reed", "Senior Backend Developer", "Skills", "Go, Kafka, PostgreSQL, Redis, Docker, Kubernetes", "Experience", ...job, ...job, ...job]));
