//! The XML of `JUnit`, which every CI shows: a test case for each finding.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::document::{Document, subject, told};
use crate::finding::Finding;
use crate::visible::visible_text;

/// Findings that fail the check fail their case; the others passed, and say why they are there. Where there is none, the
/// check itself is a case that passed.
pub(super) fn document(document: &Document<'_>) -> String {
    let mut suite = TestSuite::new(format!("evt {}", document.command));
    for finding in document.findings {
        suite.add_test_case(case(document, finding));
    }
    if document.findings.is_empty() {
        let mut case = TestCase::new("no findings", TestCaseStatus::success());
        case.set_classname(format!("evt {}", document.command));
        suite.add_test_case(case);
    }
    let mut report = Report::new("evt");
    report.add_test_suite(suite);
    let mut text = report.to_string().expect("a report is written to memory");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn case(document: &Document<'_>, finding: &Finding) -> TestCase {
    let place = document.place(finding);
    let at = format!("{}:{}:{}", place.file, place.line, place.column);
    let subject = subject(finding).map_or_else(String::new, |subject| format!(" {subject}"));
    let text = format!("{at}\n{}", told(finding));
    let fails = finding.severity >= document.fail_on;
    let mut status = TestCaseStatus::success();
    if fails {
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(finding.rule.id).set_message(visible_text(&finding.message)).set_description(&*text);
    }
    let mut case = TestCase::new(format!("{}{subject} ({at})", finding.rule.id), status);
    case.set_classname(place.file);
    if !fails {
        case.set_system_out(format!("{}: {text}", finding.severity));
    }
    case
}
