use crate::handler;
use crate::{Emission, Emitted, Recorder, assert_emitted};

event!(MilkPoured, "milk_poured", Background);
event!(MilkSpilt, "milk_spilt", Background);

#[test]
fn a_background_event_without_handlers_needs_no_queue() {
    let mut recorder = Recorder::new();
    let emitted = Emission::new(MilkSpilt::of(1.0)).emit_sync(&mut recorder);
    assert!(matches!(emitted, Ok(Emitted::Delivered { .. })));
    assert_emitted!(recorder, MilkSpilt);
}

#[test]
fn a_background_event_without_a_runtime_to_run_in_is_refused() {
    handler::on::<MilkPoured>(|_, _| Ok(()));
    let error = Emission::new(MilkPoured::of(1.0)).emit_sync(&mut Recorder::new()).expect_err("no runtime");
    let reason = if cfg!(feature = "background") {
        "no tokio runtime runs here"
    } else {
        "evt-runtime was built without the feature `background`"
    };
    assert_eq!(error.to_string(), format!("`milk_poured` was not queued: {reason}"));
}
