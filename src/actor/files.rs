//! The files of the book that is built into the program; models/actors/README.md says what is in which.

/// The files of the book that is built into the program, by kind of actor.
pub(super) const FILES: &[(&str, &str)] = &[
    ("states.csv", include_str!("../../models/actors/states.csv")),
    ("places.csv", include_str!("../../models/actors/places.csv")),
    (
        "nationalities.csv",
        include_str!("../../models/actors/nationalities.csv"),
    ),
    (
        "religions.csv",
        include_str!("../../models/actors/religions.csv"),
    ),
    (
        "armed_groups.csv",
        include_str!("../../models/actors/armed_groups.csv"),
    ),
    (
        "armed_groups_africa.csv",
        include_str!("../../models/actors/armed_groups_africa.csv"),
    ),
    (
        "armed_groups_asia.csv",
        include_str!("../../models/actors/armed_groups_asia.csv"),
    ),
    (
        "listed_groups.csv",
        include_str!("../../models/actors/listed_groups.csv"),
    ),
    (
        "security_forces.csv",
        include_str!("../../models/actors/security_forces.csv"),
    ),
    (
        "institutions.csv",
        include_str!("../../models/actors/institutions.csv"),
    ),
    (
        "organizations.csv",
        include_str!("../../models/actors/organizations.csv"),
    ),
    (
        "institutions_world.csv",
        include_str!("../../models/actors/institutions_world.csv"),
    ),
    (
        "organizations_world.csv",
        include_str!("../../models/actors/organizations_world.csv"),
    ),
    ("media.csv", include_str!("../../models/actors/media.csv")),
    ("people.csv", include_str!("../../models/actors/people.csv")),
    (
        "offices_held.csv",
        include_str!("../../models/actors/offices_held.csv"),
    ),
    (
        "retired_ids.csv",
        include_str!("../../models/actors/retired_ids.csv"),
    ),
];
