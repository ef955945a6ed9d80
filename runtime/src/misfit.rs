use std::fmt;
use std::fmt::Write as _;

/// One place of a payload that its type refuses. It never holds the value, which may be personal data.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// let misfits = evt_runtime::from_json::<CowFed>(r#"{"weight":"2.5"}"#).unwrap_err();
/// assert_eq!(misfits.0[0].path, "weight");
/// assert_eq!(misfits.0[0].message, "expected a finite number, found a string");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The place, such as `lines[0].sku`; empty for the payload itself.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

/// All that is wrong with a payload, by path.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// let misfits = evt_runtime::from_json::<CowFed>(r#"{"farmer_name":7}"#).unwrap_err();
/// assert_eq!(misfits.to_string(), "`weight` is missing; `farmer_name` expected a string, found a number");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfits(pub Vec<Misfit>);

impl Misfits {
    /// One thing that is wrong with the payload as a whole.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self(vec![Misfit { path: String::new(), message: message.into() }])
    }
}

impl fmt::Display for Misfits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, misfit) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            if !misfit.path.is_empty() {
                write!(f, "`{}` ", misfit.path)?;
            }
            f.write_str(&misfit.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Misfits {}

/// Where in a payload one is, and what was found wrong on the way.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    steps: Vec<Step>,
    pub(crate) misfits: Vec<Misfit>,
}

#[derive(Debug)]
enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Trail {
    pub(crate) fn enter_field(&mut self, name: &'static str) {
        self.steps.push(Step::Field(name));
    }

    pub(crate) fn enter_key(&mut self, key: &str) {
        self.steps.push(Step::Key(key.to_owned()));
    }

    pub(crate) fn enter_index(&mut self, index: usize) {
        self.steps.push(Step::Index(index));
    }

    pub(crate) fn leave(&mut self) {
        self.steps.pop();
    }

    pub(crate) fn refuse(&mut self, message: impl Into<String>) {
        let misfit = Misfit { path: self.path(), message: message.into() };
        self.misfits.push(misfit);
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            let (dot, name) = match step {
                Step::Field(name) => (!path.is_empty(), *name),
                Step::Key(key) => (!path.is_empty(), key.as_str()),
                Step::Index(index) => {
                    let _ = write!(path, "[{index}]");
                    continue;
                }
            };
            if dot {
                path.push('.');
            }
            path.push_str(name);
        }
        path
    }

    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Misfits> {
        if self.misfits.is_empty() { Ok(value) } else { Err(Misfits(self.misfits)) }
    }
}
