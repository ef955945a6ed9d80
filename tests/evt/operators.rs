//! What operators do by the program, on SQLite and on a real PostgreSQL.

mod arguments;
mod at_once;
mod farm;
mod interrupted;
mod reaching;

/// Makes a test of a case for each database.
macro_rules! on_both {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[test]
            fn $case() {
                super::$case(&crate::operators::farm::Farm::sqlite());
            })*
        }
        mod postgres {
            $(#[test]
            fn $case() {
                let Some(farm) = crate::operators::farm::Farm::postgres() else { return };
                super::$case(&farm);
            })*
        }
    };
}

use on_both;
