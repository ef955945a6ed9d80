//! A small service that emits events inside of its own transactions and reads them back.
//!
//! `cargo run -p barn` works on SQLite in memory; `DATABASE_URL=postgres://… cargo run -p barn` on PostgreSQL.

mod cow;
mod events;
mod postgres;
mod sqlite;
mod story;
mod upcast;

use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let lines = match database_url() {
        Some(url) if url.starts_with("postgres") => postgres::run(&url).await?,
        Some(url) => sqlite::run(&url).await?,
        None => sqlite::run("sqlite::memory:").await?,
    };
    print(&lines);
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this is the edge of the service")]
fn database_url() -> Option<String> {
    std::env::var("DATABASE_URL").ok()
}

#[expect(clippy::print_stdout, reason = "this is the edge of the service")]
fn print(lines: &[String]) {
    println!("{}", lines.join("\n"));
}

#[cfg(test)]
mod tests;
