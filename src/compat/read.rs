use super::bounds;
use super::obstacle::{Obstacle, ObstacleKind};
use super::path::{Path, Segment};
use super::witness::{Offence, witness};
use crate::event::UnknownFields;
use crate::field_type::{Field, FieldType, Item, Openness, ScalarType};
use crate::fingerprint::type_text;
use crate::rare::Rare;
use crate::schema::Version;

/// All that code of the version `reader` cannot read of what code of the version `writer` may write.
///
/// Writers write the declared fields and no others. Readers ignore fields that they do not know, unless their version
/// says `unknown_fields: reject`; a field with a default in the reader's version may be absent.
#[must_use]
pub fn can_read(reader: &Version, writer: &Version) -> Vec<Obstacle> {
    let unknown = reader.metadata.unknown_fields;
    let mut walk = Walk { unknown, found: Vec::new() };
    let (read, written) = (&reader.contract.payload_fields, &writer.contract.payload_fields);
    walk.fields(read, written, &Path::default());
    let witnessed = walk.found.into_iter().map(|(path, kind, offence)| {
        let witness = witness(read, written, unknown, path.segments(), &offence);
        Obstacle { path, kind, witness }
    });
    witnessed.collect()
}

/// What was found: where, what, and what would show it there.
type Found = (Path, ObstacleKind, Offence);

/// One look at two versions.
pub(super) struct Walk {
    unknown: UnknownFields,
    pub(super) found: Vec<Found>,
}

impl Walk {
    fn add(&mut self, path: &Path, kind: ObstacleKind, offence: Offence) {
        self.found.push((path.clone(), kind, offence));
    }

    fn fields(&mut self, reader: &[Field], writer: &[Field], at: &Path) {
        for field in reader {
            let path = at.field(&field.name);
            let is_needed = is_needed(field);
            match find(writer, &field.name) {
                Some(written) => {
                    if is_needed && !written.required {
                        self.add(&path, ObstacleKind::Optional, Offence::Absent);
                    }
                    self.items(&field.item, &written.item, &path);
                }
                None if is_needed => self.add(&path, ObstacleKind::Missing, Offence::Absent),
                None => {}
            }
        }
        if self.unknown == UnknownFields::Reject {
            for field in writer.iter().filter(|field| find(reader, &field.name).is_none()) {
                self.add(&at.field(&field.name), ObstacleKind::Unknown, Offence::Present);
            }
        }
    }

    fn items(&mut self, reader: &Item, writer: &Item, at: &Path) {
        if writer.flags.nullable && !reads_null(reader) {
            self.add(at, ObstacleKind::Null, Offence::Values(vec![serde_json::Value::Null]));
        }
        match (&reader.field_type, &writer.field_type) {
            (FieldType::List(read), FieldType::List(written)) => {
                self.items(read, written, &at.then(Segment::Items));
            }
            (FieldType::Map(read), FieldType::Map(written)) => {
                self.items(read, written, &at.then(Segment::Values));
            }
            (FieldType::Object(read), FieldType::Object(written)) => self.fields(read, written, at),
            (read, written) => {
                if !self.types(read, written, reader, writer, at) {
                    return;
                }
            }
        }
        for (kind, values) in bounds::broken(reader, writer, self.unknown) {
            self.add(at, kind, Offence::Values(values));
        }
    }

    /// Types that are not built alike. Says whether the reader's has all values of the writer's.
    fn types(
        &mut self,
        read: &FieldType,
        written: &FieldType,
        reader: &Item,
        writer: &Item,
        at: &Path,
    ) -> bool {
        if fits(read, written, self.unknown) {
            return true;
        }
        let kind = match (read, written) {
            (FieldType::Enum(read), FieldType::Enum(written)) if written.openness == Openness::Closed => {
                let is_new = |value: &&String| !read.values.contains(value);
                ObstacleKind::EnumValues(written.values.iter().filter(is_new).cloned().collect())
            }
            _ => ObstacleKind::Type {
                written: type_text(written),
                read: type_text(read),
                is_wider: fits(written, read, self.unknown),
            },
        };
        self.add(at, kind, Offence::Values(bounds::refused(&without_flags(reader), writer, self.unknown)));
        false
    }
}

fn without_flags(item: &Item) -> Item {
    Item { flags: Rare::default(), ..item.clone() }
}

pub(super) fn find<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name == name)
}

/// Whether the type `reader` has every value of the type `writer`, constraints of its own aside.
pub(super) fn fits(reader: &FieldType, writer: &FieldType, unknown: UnknownFields) -> bool {
    use ScalarType::{Bytes, Date, Decimal, Float, Int, Json, String, Timestamp, Uuid};
    match (reader, writer) {
        (FieldType::Scalar(Json), _)
        | (FieldType::Scalar(Float), FieldType::Scalar(Int))
        | (
            FieldType::Scalar(String),
            FieldType::Enum(_) | FieldType::Scalar(Uuid | Date | Timestamp | Decimal | Bytes),
        ) => true,
        (FieldType::Scalar(read), FieldType::Scalar(written)) => read == written,
        (FieldType::Enum(read), FieldType::Enum(written)) => {
            let has_all = || written.values.iter().all(|value| read.values.contains(value));
            read.openness == Openness::Open || (written.openness == Openness::Closed && has_all())
        }
        (FieldType::Enum(read), FieldType::Scalar(String | Uuid | Date | Timestamp | Decimal | Bytes)) => {
            read.openness == Openness::Open
        }
        (FieldType::List(read), FieldType::List(written))
        | (FieldType::Map(read), FieldType::Map(written)) => item_fits(read, written, unknown),
        (FieldType::Map(read), FieldType::Object(written)) => {
            written.iter().all(|field| item_fits(read, &field.item, unknown))
        }
        (FieldType::Object(read), FieldType::Map(written)) => {
            unknown == UnknownFields::Ignore
                && read.iter().all(|field| !is_needed(field) && item_fits(&field.item, written, unknown))
        }
        (FieldType::Object(read), FieldType::Object(written)) => fields_fit(read, written, unknown),
        _ => false,
    }
}

/// Whether the reader refuses payloads without the field.
fn is_needed(field: &Field) -> bool {
    field.required && field.item.flags.default.is_none()
}

fn reads_null(reader: &Item) -> bool {
    reader.flags.nullable || reader.field_type.scalar() == Some(ScalarType::Json)
}

fn item_fits(reader: &Item, writer: &Item, unknown: UnknownFields) -> bool {
    (!writer.flags.nullable || reads_null(reader))
        && fits(&reader.field_type, &writer.field_type, unknown)
        && bounds::are_kept(reader, writer)
}

fn fields_fit(reader: &[Field], writer: &[Field], unknown: UnknownFields) -> bool {
    let is_read = |field: &Field| match find(writer, &field.name) {
        Some(written) => {
            (written.required || !is_needed(field)) && item_fits(&field.item, &written.item, unknown)
        }
        None => !is_needed(field),
    };
    let is_known = |field: &Field| find(reader, &field.name).is_some();
    reader.iter().all(is_read) && (unknown == UnknownFields::Ignore || writer.iter().all(is_known))
}
