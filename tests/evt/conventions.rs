//! What holds for every command.

mod exit_codes;
mod finding_the_project;
mod streams;
mod terminal;
