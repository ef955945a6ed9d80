//! The recipes of `docs/ci.md` and `.pre-commit-hooks.yaml`, run as they stand there.

use std::fs;
use std::path::Path;

use crate::project::{COW_FED, Project, RunCommand as _};

fn of_evt(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it is in the repository")
}

/// A farm that is committed, with a branch that CI fetched.
fn farm() -> Project {
    let farm = Project::farm().git_init();
    farm.evt_ok(&["fmt"]);
    farm.evt_ok(&["dump"]);
    farm.commit("first");
    farm.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    farm
}

#[test]
fn the_recipes_for_ci_work() {
    let page = of_evt("docs/ci.md");
    let steps: Vec<_> = page
        .lines()
        .filter_map(|line| {
            line.trim_start().trim_start_matches("- ").trim_start_matches("run: ").strip_prefix("evt ")
        })
        .filter(|step| !step.starts_with('='))
        .collect();
    assert_eq!(steps.len(), 3, "{steps:?}");
    let farm = farm();
    for step in steps {
        farm.evt_ok(&step.split(' ').collect::<Vec<_>>());
    }
    for block in page.split("```yaml\n").skip(1) {
        let block = block.split("\n```").next().expect("it ends");
        serde_yaml::from_str::<serde_yaml::Value>(block).unwrap_or_else(|error| panic!("{error}\n{block}"));
    }
    let document = |path: &str| {
        serde_json::from_str::<serde_json::Value>(&farm.read(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    assert_eq!(document("evt.sarif")["version"], "2.1.0");
    assert_eq!(document("gl-code-quality-report.json")["evt"], 1);
}

#[test]
fn the_job_for_gitlab_runs_where_the_base_is_known() {
    let page = of_evt("docs/ci.md");
    let recipe = page.split("## GitLab CI\n\n```yaml\n").nth(1).and_then(|rest| rest.split("\n```").next());
    let recipe: serde_yaml::Value = serde_yaml::from_str(recipe.expect("a recipe")).expect("YAML");
    let rules = recipe["events"]["rules"].as_sequence().expect("the job says when it runs");
    let conditions: Vec<_> = rules.iter().map(|rule| rule["if"].as_str().expect("a condition")).collect();
    assert_eq!(
        conditions,
        [r#"$CI_PIPELINE_SOURCE == "merge_request_event""#, "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"]
    );
    // What such a pipeline sets, and what one of a branch does not.
    let farm = farm();
    let base = farm.git(&["rev-parse", "HEAD"]);
    farm.write("evt.toml", "");
    let changed =
        COW_FED.replace("type: float, from: cow.weight, unit: kg", "type: string, from: cow.weight");
    farm.write("events/cow_fed.yaml", changed);
    farm.evt_ok(&["dump"]);
    farm.commit("breaks readers");
    let verify = |set: &[(&str, &str)]| {
        let mut command = farm.command(&["verify"]);
        command.env("GITLAB_CI", "true").envs(set.iter().copied()).run()
    };
    verify(&[("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim())]).exits(1).prints("type-changed");
    verify(&[]).exits(0);
}

#[test]
fn a_clone_of_one_commit_is_told_what_to_fetch_as_the_page_says() {
    let farm = farm();
    farm.git(&["checkout", "--quiet", "-b", "change"]);
    farm.commit("a change");
    let copy = Project::empty();
    let origin = format!("file://{}", farm.path("").display());
    copy.git(&["clone", "--quiet", "--depth", "1", "--branch", "change", &origin, "."]);
    let mut verify = copy.command(&["verify"]);
    verify.env("GITHUB_BASE_REF", "main").run().exits(4).tells("git fetch");
    assert!(of_evt("docs/ci.md").contains("exits with 4 and names the command that fetches it"));
}

#[test]
fn the_comment_of_the_page_is_written() {
    let page = of_evt("docs/ci.md");
    let command = page.split('`').find(|code| code.starts_with("evt compat ")).expect("a command");
    let farm = farm();
    farm.evt_ok(&command.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(farm.read("comment.md"), "## evt compat\n\nnothing found\n");
}

#[test]
fn every_hook_runs_and_is_on_the_page() {
    let hooks: serde_yaml::Value = serde_yaml::from_str(&of_evt(".pre-commit-hooks.yaml")).expect("YAML");
    let (farm, page) = (farm(), of_evt("docs/ci.md"));
    for hook in hooks.as_sequence().expect("a list") {
        let text = |key: &str| hook[key].as_str().unwrap_or_else(|| panic!("{key} is a text"));
        let entry: Vec<_> = text("entry").split(' ').collect();
        assert_eq!(entry[0], "evt");
        farm.evt_ok(&entry[1..]);
        assert!(page.contains(&format!("- id: {}\n", text("id"))), "{}", text("id"));
        let files = regex_lite::Regex::new(text("files")).expect("a pattern");
        for path in ["events/cow_fed.yaml", "evt.toml", "sub/evt.toml"] {
            assert!(files.is_match(path), "{path}");
        }
        assert!(!files.is_match("README.md"));
    }
}
