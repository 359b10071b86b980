"""Where a database may lie: every kind of share and copied folder is told from a disk of the machine's own."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.location import Mount, Unsuitable, unsuitable

ROOT = Mount("/", "ext4", "rw")
OWN_DISKS = ("ext4", "ext3", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "ntfs", "ntfs3", "fuseblk", "exfat", "vfat",
             "apfs", "hfs", "f2fs", "NTFS", "FAT32", "", "virtiofs")  # fmt: skip
SHARES = ("cifs", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "fuse.gvfsd-fuse", "davfs", "afpfs", "ceph", "CIFS")


@pytest.mark.parametrize("kind", SHARES)
def test_a_share_is_refused_however_deep_the_file_lies_in_it(kind: str) -> None:
    mounts = [ROOT, Mount("/mnt/gemensam", kind)]
    for name in ("/mnt/gemensam/enhet.tfdb", "/mnt/gemensam/a/b/c/enhet.tfdb"):
        assert unsuitable(PurePosixPath(name), mounts=mounts) is Unsuitable.NETWORK
    for name in ("/mnt/enhet.tfdb", "/mnt/gemensamt/enhet.tfdb", "/srv/mnt/gemensam/enhet.tfdb"):
        assert unsuitable(PurePosixPath(name), mounts=mounts) is None


@pytest.mark.parametrize("kind", OWN_DISKS)
def test_a_disk_or_usb_stick_of_the_machine_is_welcome(kind: str) -> None:
    mounts = [ROOT, Mount("/media/usb", kind, "rw,nosuid"), Mount("/mnt/gemensam", "nfs4")]
    assert unsuitable(PurePosixPath("/media/usb/enhet.tfdb"), mounts=mounts) is None


def test_the_deepest_and_the_latest_mount_counts() -> None:
    path = PurePosixPath("/hem/anna/enhet.tfdb")
    assert unsuitable(path, mounts=[Mount("/hem", "nfs4"), Mount("/hem/anna", "ext4"), ROOT]) is None
    assert unsuitable(path, mounts=[ROOT, Mount("/hem", "ext4"), Mount("/hem", "cifs")]) is Unsuitable.NETWORK
    assert unsuitable(path, mounts=[ROOT, Mount("/hem", "cifs"), Mount("/hem", "ext4")]) is None


def test_what_carries_the_disk_of_a_container_is_told_from_a_share_of_the_same_kind() -> None:
    path = PurePosixPath("/data/enhet.tfdb")
    assert unsuitable(path, mounts=[Mount("/", "9p", "rw,trans=fd,rfdno=4")]) is None
    assert unsuitable(path, mounts=[Mount("/data", "9p", "rw,trans=virtio")]) is None
    assert unsuitable(path, mounts=[ROOT, Mount("/data", "9p", "rw,trans=tcp,port=564")]) is Unsuitable.NETWORK


@pytest.mark.parametrize(
    "name",
    [r"\\server\gemensam\enhet.tfdb", r"\\?\UNC\server\gemensam\enhet.tfdb", r"\\server.kommun.se\c$\enhet.tfdb"],
)
def test_a_name_that_begins_with_a_server_is_a_share(name: str) -> None:
    assert unsuitable(PureWindowsPath(name), mounts=[]) is Unsuitable.NETWORK
    assert unsuitable(PurePosixPath(name), mounts=[ROOT]) is Unsuitable.NETWORK


def test_drives_with_letters() -> None:
    mounts = [Mount("C:\\", "NTFS", "rw,fixed"), Mount("H:\\", "NTFS", "rw,remote"), Mount("E:\\", "FAT32", "rw")]
    for name, expected in (
        (r"C:\Data\enhet.tfdb", None), (r"E:\enhet.tfdb", None), (r"h:\enhet.tfdb", Unsuitable.NETWORK),
        (r"\\?\C:\Data\enhet.tfdb", None), (r"\\?\H:\enhet.tfdb", Unsuitable.NETWORK),
        (r"C:\Users\Anna\AppData\Local\teamforum\enhet.tfdb", None),
        (r"C:\Users\Anna\AppData\Roaming\teamforum\enhet.tfdb", Unsuitable.ROAMING),
        (r"c:\users\anna\appdata\ROAMING\enhet.tfdb", Unsuitable.ROAMING),
        (r"C:\Users\Anna\OneDrive - Kommunen\enhet.tfdb", Unsuitable.SYNCED),
    ):  # fmt: skip
        assert unsuitable(PureWindowsPath(name), mounts=mounts) is expected, name
    profile = ("D:\\Profiler\\anna",)
    assert unsuitable(PureWindowsPath(r"d:\profiler\Anna\x.tfdb"), mounts=mounts, roaming=profile) is Unsuitable.ROAMING


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Göinge kommun", "Dropbox", "Dropbox (Privat)", "Google Drive", "GoogleDrive-anna@x.se",
     "Nextcloud", "ownCloud", "iCloud Drive", "Library/Mobile Documents/com~apple~CloudDocs", "Library/CloudStorage/X",
     "onedrive/Dokument/Enheten"],
)  # fmt: skip
def test_a_folder_that_is_copied_by_a_program_is_refused_by_its_name(folder: str) -> None:
    assert unsuitable(PurePosixPath(f"/Users/anna/{folder}/enhet.tfdb"), mounts=[ROOT]) is Unsuitable.SYNCED


@pytest.mark.parametrize("folder", ["Dropboxen", "Min onedrive-kopia", "Googledrivet", "Dokument", "Drive", "Boxen"])
def test_a_folder_that_only_sounds_like_one_is_welcome(folder: str) -> None:
    assert unsuitable(PurePosixPath(f"/srv/{folder}/OneDrive.tfdb"), mounts=[ROOT]) is None


def test_the_systems_own_name_for_a_copied_folder_counts() -> None:
    path = PureWindowsPath(r"D:\Moln\Enheten\enhet.tfdb")
    assert unsuitable(path, mounts=[], synced=("d:\\moln",)) is Unsuitable.SYNCED
    assert unsuitable(path, mounts=[], synced=("D:\\Molnet", "")) is None


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=12), st.text(max_size=8), st.text(max_size=12))))
def test_no_name_and_no_table_is_a_crash(name: str, table: list[tuple[str, str, str]]) -> None:
    mounts = [Mount(*row) for row in table]
    for kind in (PurePosixPath, PureWindowsPath):
        assert unsuitable(kind(name), mounts=mounts) in (None, *Unsuitable)
