//! What every command does, as its user sees it.

mod catalog;
mod diff;
mod dump;
mod fmt;
mod init;
mod large_catalog;
mod listing;
mod new_event;
mod reference;
mod shown;
mod watch;
