"""Where a database file may lie: on a disk of the machine, not on a network share and not where something copies it.

Two machines that write the same file each believe that theirs is the only lock, and a program that copies files in the
background takes them in the middle of a change. Both end in a damaged database, often weeks later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from pathlib import PurePath


class Unsuitable(Enum):
    """Why a folder cannot hold a database; the value is the code of the sentence that says so."""

    NETWORK = "database_on_network"
    SYNCED = "database_synced"
    ROAMING = "database_roaming"


@dataclass(frozen=True, slots=True)
class Mount:
    """What is mounted where: the folder, the kind of file system, and its options."""

    folder: str
    kind: str
    options: str = ""


_NETWORK_KINDS = frozenset({
    "cifs", "smb", "smb2", "smb3", "smbfs", "nfs", "nfs3", "nfs4", "afpfs", "afs", "openafs", "ncpfs", "ncp", "coda",
    "davfs", "davfs2", "webdav", "webdavfs", "sshfs", "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "gfs", "gfs2",
    "ocfs2", "orangefs", "pvfs2", "vboxsf", "vmhgfs", "prl_fs", "fuse.vmhgfs-fuse", "fuse.sshfs", "fuse.davfs2",
    "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.cifs", "fuse.nfs", "fuse.curlftpfs", "fuse.glusterfs", "fuse.ceph",
    "fuse.s3fs", "fuse.afp", "fuse.mfs", "fuse.juicefs", "remote",
})  # fmt: skip
_SYNCED_KINDS = frozenset({
    "fuse.onedriver", "fuse.onedrive", "fuse.google-drive-ocamlfuse", "fuse.rclone", "fuse.dropbox", "fuse.gdfs",
})  # fmt: skip
_SYNCED_NAMES = re.compile(
    r"(onedrive|dropbox|google ?drive|googledrive-.*|icloud ?drive|icloud|com~apple~clouddocs|mobile documents|"
    r"nextcloud|owncloud|sharepoint|box sync|pcloud ?drive|synologydrive|seafile|syncthing)"
    r"([ ._(-].*)?",
    re.IGNORECASE,
)
_DRIVE = re.compile(r"[a-z]:", re.IGNORECASE)


def unsuitable(
    path: PurePath,
    *,
    mounts: Iterable[Mount],
    synced: Sequence[str] = (),
    roaming: Sequence[str] = (),
) -> Unsuitable | None:
    """Why a database cannot lie at `path`, or None; `synced` and `roaming` are folders that the system names as such.

    The deepest mount counts, since a share may lie in a folder of the machine's own disk.
    """
    if _is_unc(str(path)):
        return Unsuitable.NETWORK
    mount = _mount_of(path, mounts)
    if mount is not None and _is_network(mount):
        return Unsuitable.NETWORK
    folders = [part for part in re.split(r"[\\/]", str(path.parent)) if part]
    names = [part.casefold() for part in folders]
    if (
        (mount is not None and mount.kind.casefold() in _SYNCED_KINDS)
        or any(_SYNCED_NAMES.fullmatch(name) for name in names)
        or ("library", "cloudstorage") in pairwise(names)
        or any(_lies_in(path, folder) for folder in synced)
    ):
        return Unsuitable.SYNCED
    if ("appdata", "roaming") in pairwise(names) or any(_lies_in(path, one) for one in roaming):
        return Unsuitable.ROAMING
    return None


def _is_unc(text: str) -> bool:
    r"""Whether it is `\\server\share\…`; `\\?\C:\…` and `\\.\C:\…` are long ways to write a drive of the machine."""
    if not text.startswith("\\\\"):
        return False
    rest = text[2:]
    if rest[:2] in ("?\\", ".\\"):
        rest = rest[2:]
        return rest[:4].casefold() == "unc\\"
    return True


def _is_network(mount: Mount) -> bool:
    kind = mount.kind.casefold()
    options = {one.strip().casefold() for one in mount.options.split(",")}
    if kind in _NETWORK_KINDS or "remote" in options:
        return True
    # 9p carries shares over a network, but also the only disk of many a virtual machine and container.
    return kind == "9p" and bool({"trans=tcp", "trans=rdma"} & options)


def _mount_of(path: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    around = [mount for mount in mounts if _lies_in(path, mount.folder)]
    # Of two on the same folder the later hides the earlier.
    return max(enumerate(around), key=lambda one: (len(_parts(one[1].folder)), one[0]), default=(0, None))[1]


def _lies_in(path: PurePath, folder: str) -> bool:
    wanted = _parts(folder)
    return bool(folder) and _parts(str(path))[: len(wanted)] == wanted


def _parts(text: str) -> list[str]:
    """The parts of a path of any system; where drives have letters, capitals do not count."""
    parts = [part for part in re.split(r"[\\/]", text.removeprefix("\\\\?\\")) if part]
    return [part.casefold() for part in parts] if parts and _DRIVE.fullmatch(parts[0]) else parts
