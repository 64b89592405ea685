"""One party's installation (floor 8): its folder, its clock, the jobs that wire rooms together."""
