"""One writer, and a medium that keeps its word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hub.log.faults import Occupied
from hub.log.lock import Lock, find_mount, unfit, unfit_for_ballots

MOUNTS = r"""
21 1 8:2 / / rw,relatime shared:1 - ext4 /dev/mmcblk0p2 rw
22 21 0:20 / /run rw,nosuid shared:2 - tmpfs tmpfs rw,size=10k
23 21 8:1 / /boot/firmware rw,relatime - vfat /dev/mmcblk0p1 rw,fmask=0022
24 21 8:3 / /var/lib/trestle rw,noatime shared:3 master:1 - ext4 /dev/none3 rw,data=ordered
25 21 8:4 / /journaled rw - ext4 /dev/none4 rw,data=journal
26 21 0:30 /sub /butter rw - btrfs /dev/none5 rw,subvol=/sub
27 21 0:31 / /mnt/my\040stick rw - exfat /dev/sda1 rw
28 21 0:32 / /covered rw - ext4 /dev/none6 rw
29 28 0:33 / /covered rw - overlay overlay rw,lowerdir=/a
30 21 0:34 / /runner rw - xfs /dev/none7 rw
not a line of it
"""


@pytest.mark.parametrize(
    ("path", "log", "ballots"),
    [
        ("/var/lib/trestle", None, None),
        ("/var/lib/trestle/deeper/still", None, None),
        ("/home/pi", None, None),
        ("/run", "tmpfs", "tmpfs"),
        ("/runner/up", None, None),
        ("/boot/firmware/x", "vfat", "vfat"),
        ("/mnt/my stick/backup", "exfat", "exfat"),
        ("/covered", "overlay", "overlay"),
        ("/journaled/data", None, "ext4 data=journal"),
        ("/butter", None, "btrfs"),
    ],
)
def test_a_medium_is_judged_by_the_mount_it_lies_on(path: str, log: str | None, ballots: str | None) -> None:
    assert unfit(Path(path), MOUNTS) == log
    assert unfit_for_ballots(Path(path), MOUNTS) == ballots


def test_an_unknown_medium_holds_no_secret_ballots() -> None:
    assert unfit(Path("/x"), "") is None
    assert unfit_for_ballots(Path("/x"), "")


def test_this_machine_can_be_asked(tmp_path: Path) -> None:
    points = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()]
    found = find_mount(tmp_path)
    assert (found is not None) == any(tmp_path.is_relative_to(point) for point in points)  # none in a chroot
    assert unfit(Path("/proc")) is None


def test_a_second_hub_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    with Lock(tmp_path), pytest.raises(Occupied, match="already running"), Lock(tmp_path):
        pass
    with Lock(tmp_path):
        pass


def test_a_killed_hub_lets_go(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from hub.log.lock import Lock
with Lock(Path({str(tmp_path)!r})):
    print("held", flush=True)
    input()
"""
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Occupied), Lock(tmp_path):
            pass
        other.kill()
        other.wait()
    with Lock(tmp_path):
        pass
