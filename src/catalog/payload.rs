use super::deprecated;
use crate::event::Contract;
use crate::markdown::{code, line, row};
use crate::outline::{Place, outline};

/// Writes the payload as a table.
pub(super) fn write(out: &mut String, contract: &Contract) {
    out.push_str("\n### Payload\n\n");
    if contract.payload_fields.is_empty() {
        out.push_str("It carries nothing.\n");
        return;
    }
    let columns = ["Field", "Type", "Presence", "Constraints", "Unit", "PII", "Description"];
    out.push_str(&row(&columns.map(str::to_owned)));
    out.push_str(&row(&columns.map(|_| "---".to_owned())));
    for place in outline(contract) {
        out.push_str(&row(&cells(&place)));
    }
}

fn cells(place: &Place) -> [String; 7] {
    [
        code(&place.path),
        code(&place.type_text),
        line(&place.presence),
        place.constraints.iter().map(|constraint| code(constraint)).collect::<Vec<_>>().join(", "),
        place.unit.as_deref().map(line).unwrap_or_default(),
        if place.is_pii { "PII".to_owned() } else { String::new() },
        description(place),
    ]
}

fn description(place: &Place) -> String {
    let deprecated = place.deprecated.as_ref().map(deprecated);
    let description = place.description.as_deref().map(line);
    [deprecated, description].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
