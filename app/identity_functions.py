"""What the lines of the identities begin with: GitHub's names, and what keeps its environments.

A PUT of an environment takes away what it does not name, so what is there is sent with it. GitHub
refuses some rules in private repositories, so no empty ones are sent (its REST API, "Create or
update an environment").
"""

import json

# From these branches alone a deploy may run.
_PROTECTED = json.dumps({"protected_branches": True, "custom_branch_policies": False})
_BEGINNING = r"""set -eu
repository=@REPOSITORY@
# Of a repository made after July 2026 it has numbers in it: GitHub says what it is.
subject="${SUBJECT:-$(gh api "repos/$repository/actions/oidc/customization/sub" \
    --jq .sub_claim_prefix)}"
case $subject in
    repo:*) ;;
    *)
        echo "GitHub does not say how its tokens begin: set" \
            "SUBJECT=repo:$repository, or repo:OWNER@ID/NAME@ID" >&2
        exit 1
        ;;
esac
me=$(gh api user --jq .id)
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
protected='@PROTECTED@'

# Makes an environment of GitHub's. What it has stays: its reviewers, branches, timer.
# Arguments: its name; its branches, and who reviews, where it says nothing of them.
environment() {
    usual="{\"deployment_branch_policy\": $2$3}"
    body=$(gh api --paginate "repos/$repository/environments?per_page=100" --jq "
        .environments[] | select(.name == \"$1\")
        | ([.protection_rules[]? | select(.type == \"required_reviewers\")][0] // {}) as \$asks
        | ([.protection_rules[]? | select(.type == \"wait_timer\")][0] // {}) as \$waits
        | [\$asks.reviewers[]? | {type, id: .reviewer.id}] as \$people
        | $usual
        + (if .deployment_branch_policy then {deployment_branch_policy} else {} end)
        + (if \$people == [] then {} else {reviewers: \$people} end)
        + (\$asks | if .prevent_self_review then {prevent_self_review} else {} end)
        + (\$waits | if .wait_timer then {wait_timer} else {} end)")
    printf '%s' "${body:-$usual}" |
        gh api --method PUT --silent --input - "repos/$repository/environments/$1"
    gh variable set AZURE_CLIENT_ID --repo "$repository" --env "$1" --body "$client"
    gh variable set AZURE_TENANT_ID --repo "$repository" --env "$1" --body "$tenant"
    gh variable set AZURE_SUBSCRIPTION_ID --repo "$repository" --env "$1" --body "$subscription"
}
reviewers=", \"reviewers\": [{\"type\": \"User\", \"id\": $me}]"
"""


def beginning(repository: str) -> list[str]:
    """The lines, for `sh`.

    Args:
        repository: `owner/name` on GitHub, of letters that a shell leaves alone.
    """
    text = _BEGINNING.replace("@REPOSITORY@", repository).replace("@PROTECTED@", _PROTECTED)
    return text.splitlines()
