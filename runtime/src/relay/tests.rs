//! Every order in which two relays, an operator and a broker can act on a few rows, up to a number of faults: nothing is
//! lost, nothing overtakes its key, who has lost a lease changes nothing.

mod explore;
mod hand;
mod state;
mod world;
