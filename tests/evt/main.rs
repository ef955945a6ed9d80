//! The real program, run in temporary projects.

mod project;

mod basics;
