//! Table tests of the state machine of returns.

use doorstep_contract::ReturnState as S;

use super::may_follow;

#[test]
fn a_return_that_has_ended_stays_so() {
    for word in S::VALUES {
        let to = S::from(*word);
        for ended in [S::Completed, S::Rejected] {
            assert!(!may_follow(&ended, &to), "{ended:?} to {to:?}");
        }
        assert!(!may_follow(&to, &S::Requested) && !may_follow(&to, &to), "{to:?}");
    }
    assert!(may_follow(&S::Expired, &S::InTransit), "a label that is used late");
    assert!(!may_follow(&S::InTransit, &S::Expired));
}
