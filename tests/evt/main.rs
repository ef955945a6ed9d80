//! The real program, run in temporary projects.

#![allow(clippy::disallowed_methods, reason = "tests read and write files, and run programs")]

mod project;

mod basics;
