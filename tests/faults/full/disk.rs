//! A small disk.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::server::skip;

/// A file system in memory, which is gone when it is dropped.
pub(super) struct Disk(PathBuf);

impl Disk {
    /// One of that many bytes, which belongs to a user; `None` where nothing may be mounted.
    pub(super) fn new(bytes: u32, user: Option<u32>) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("evt-disk-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).expect("a temporary folder can be made");
        let options = format!("size={bytes},uid={}", user.unwrap_or_default());
        if !mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], &path) {
            std::fs::remove_dir(&path).expect("it is empty");
            skip("no small disk: only root may mount one");
            return None;
        }
        Some(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn grows(&self, bytes: u32) {
        assert!(mount(&["-o", &format!("remount,size={bytes}")], &self.0), "it was mounted");
    }

    /// Leaves no room.
    pub(super) fn fill(&self) {
        let mut file = File::create(self.filler()).expect("there is room for a name");
        while file.write_all(&[0; 4_096]).is_ok() {}
    }

    pub(super) fn free(&self) {
        std::fs::remove_file(self.filler()).expect("it was filled");
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

fn mount(arguments: &[&str], path: &Path) -> bool {
    let done = Command::new("mount").args(arguments).arg(path).output();
    done.is_ok_and(|output| output.status.success())
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Who has files open there keeps it until then.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}
