//! Where a delivered parcel was left, as far as the carrier's words say so.

use doorstep_core::wire::DeliveredTo;

/// Where the parcel was left, from the words of the scan, in the order in which they decide.
pub(super) fn left_with(message: &str) -> DeliveredTo {
    let said = message.to_lowercase().replace('_', " ");
    let table: [(&[&str], DeliveredTo); 6] = [
        (&["neighbor", "neighbour"], DeliveredTo::Neighbour),
        (&["mailbox", "mail box", "letterbox", "letter box"], DeliveredTo::Mailbox),
        (&["locker"], DeliveredTo::Locker),
        (&["front desk", "reception", "mail room", "mailroom"], DeliveredTo::Reception),
        (&["front door", "porch", "garage", "safe place", "safeplace", "garden shed"], DeliveredTo::SafePlace),
        (&["left with individual"], DeliveredTo::Household),
    ];
    let found = table.into_iter().find(|(words, _)| words.iter().any(|word| said.contains(word)));
    found.map_or_else(DeliveredTo::default, |(_, to)| to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scan_says_where_it_was_left() {
        for (message, to) in [
            ("Delivered, In/At Mailbox", DeliveredTo::Mailbox),
            ("DELIVERED, FRONT DOOR/PORCH", DeliveredTo::SafePlace),
            ("front_porch", DeliveredTo::SafePlace),
            ("Delivered, Left with Neighbor", DeliveredTo::Neighbour),
            ("Delivered, Parcel Locker", DeliveredTo::Locker),
            ("Delivered, Front Desk/Reception/Mail Room", DeliveredTo::Reception),
            ("DELIVERED", DeliveredTo::default()),
        ] {
            assert_eq!(left_with(message), to, "{message}");
        }
    }
}
