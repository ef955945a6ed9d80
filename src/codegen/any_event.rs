//! An event of any name.

use super::event::EventNames;
use super::layout::signature;
use super::text::Code;
use super::upcast::result_of;

/// Writes `AnyEvent` and the function that reads it; events come with their names.
pub(super) fn write(events: &[(&str, &EventNames)], steps: &[String]) -> String {
    let mut code = Code::new(0);
    code.line("");
    declaration(&mut code, events);
    code.line("");
    code.line("/// Reads a stored row of any event and version as the latest version.");
    code.line("///");
    code.line(
        "/// `U` takes the steps between versions that only you can write; where there are none, it is `()`.",
    );
    code.line("///");
    code.line("/// # Errors");
    code.line(
        "/// An event that is not known here, a payload that does not fit, a step that cannot be taken.",
    );
    let result = result_of("AnyEvent", "::evt_runtime::ReadError");
    let params = ["row: &::evt_runtime::Row".to_owned()];
    let end = if steps.is_empty() { " {" } else { "" };
    code.line(signature("pub fn read<U>", &params, &result, 0, end));
    if !steps.is_empty() {
        code.line("where");
        for step in steps {
            code.line(format_args!("    U: {step},"));
        }
        code.line("{");
    }
    code.indent_in();
    arms(&mut code, events);
    code.close("}");
    code.into_text()
}

fn declaration(code: &mut Code, events: &[(&str, &EventNames)]) {
    code.line("/// An event of any name, as its latest version.");
    code.line("#[derive(Debug, Clone, PartialEq)]");
    code.line("#[non_exhaustive]");
    if events.is_empty() {
        code.line("pub enum AnyEvent {}");
        return;
    }
    code.open("pub enum AnyEvent {");
    for (event, names) in events {
        code.line(format_args!("/// An event `{event}`."));
        code.line(format_args!("{0}(::std::boxed::Box<{0}>),", names.payload));
    }
    code.close("}");
}

fn arms(code: &mut Code, events: &[(&str, &EventNames)]) {
    if events.is_empty() {
        code.line("::core::result::Result::Err(row.unknown_event())");
        return;
    }
    code.open("::core::result::Result::Ok(match row.event_name.as_str() {");
    for (event, names) in events {
        code.open(format_args!("\"{event}\" => {{"));
        code.line(format_args!("let event = {}::read::<U>(row)?;", names.function));
        code.line(format_args!("AnyEvent::{}(::std::boxed::Box::new(event))", names.payload));
        code.close("}");
    }
    code.line("_ => return ::core::result::Result::Err(row.unknown_event()),");
    code.close("})");
}
